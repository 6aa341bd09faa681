// What the C++ loops share: random points, the clock, the files for the check, and the report as one line of JSON. float32, row-major.
#pragma once
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

using Floats = std::vector<float>;

/// A file of float32 numbers, as the harness wrote it.
inline Floats read(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) { std::perror(path.c_str()); std::exit(1); }
  std::fseek(file, 0, SEEK_END);
  Floats numbers(static_cast<size_t>(std::ftell(file)) / sizeof(float));
  std::rewind(file);
  if (std::fread(numbers.data(), sizeof(float), numbers.size(), file) != numbers.size()) std::exit(1);
  std::fclose(file);
  return numbers;
}

template <class Number> void write(const std::string& path, const std::vector<Number>& numbers) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) { std::perror(path.c_str()); std::exit(1); }
  std::fwrite(numbers.data(), sizeof(Number), numbers.size(), file);
  std::fclose(file);
}

/// Milliseconds that `work` takes.
template <class Work> double milliseconds(Work work) {
  const auto started = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
}
