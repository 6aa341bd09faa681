// Reads a command line and runs its command. Each command is loaded when it is asked for.
import { createRequire } from "node:module"
import { Command, CommanderError, Help } from "commander"
import { type CommandRow, commands } from "./commands.ts"
import { exit, type Output, Refusal } from "./output.ts"

/** Runs `tskeops` with these arguments: its exit code. */
export async function run(args: readonly string[], output: Output): Promise<number> {
  let code: number = exit.fine
  const program = configure(new Command("tskeops"), output)
    .description("Types, kernels and configuration of formulas, from the command line.")
    .version(versionOf(), "-v, --version", "print the version")
    .helpCommand(false)
    .addHelpText(
      "after",
      `\nExamples:\n${examples(commands.map(({ examples: [first] }) => first!))}\n\n\`tskeops <command> --help\` shows the options.`,
    )
  for (const row of commands) {
    const command = configure(program.command(`${row.name} ${row.arguments ?? ""}`.trim()), output)
      .summary(row.summary)
      .description(row.description)
      .addHelpText("after", `\nExamples:\n${examples(row.examples)}`)
      .action(async (...given: unknown[]) => {
        code = await runCommand(row, given.slice(0, -2), command.opts(), output)
      })
    for (const [flags, text] of row.options) command.option(flags, text)
  }
  try {
    await program.parseAsync([...args], { from: "user" })
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 || error.code === "commander.help" ? exit.fine : exit.refused
    if (!(error instanceof Refusal)) throw error
    output.err(`tskeops: ${error.message}`)
    return exit.refused
  }
  return code
}

async function runCommand(row: CommandRow, given: readonly unknown[], options: Readonly<Record<string, never>>, output: Output) {
  const { main } = await row.load()
  return main(given as never, options as never, output)
}

/** What all commands have: one line for a mistake, with the nearest name, and no end of the process. */
function configure(command: Command, { out, err }: Output): Command {
  return command
    .exitOverride()
    .showSuggestionAfterError()
    .allowExcessArguments(false)
    .helpOption("-h, --help", "print this help")
    .configureHelp({ formatHelp: (one, helper) => Help.prototype.formatHelp.call(helper, one, helper).trimEnd() })
    .configureOutput({
      writeOut: (text) => out(text.trimEnd()),
      writeErr: (text) => err(text.trimEnd()),
      outputError: (text, write) =>
        write(
          `tskeops: ${text
            .replace(/^error: /, "")
            .trim()
            .split("\n")
            .join(" ")}`,
        ),
    })
}

const examples = (lines: readonly string[]) => lines.map((line) => `  $ ${line}`).join("\n")

/** Of the package that this file is part of. */
export function versionOf(): string {
  return (createRequire(import.meta.url)("tskeops/package.json") as { readonly version: string }).version
}
