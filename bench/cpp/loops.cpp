// The four workloads as plain loops, parallel over rows with OpenMP: what `g++ -O3 -march=native -fopenmp` makes of straightforward C++.
// Usage: loops W1|W2|W3|W4 folder rounds. Reads x, y (and b) from the folder, writes the result there, prints one time a round.
#include "loops.hpp"

/// Sum over j of exp(-|x_i - y_j|^2), D = 3.
static void gaussian(const Floats& x, const Floats& y, Floats& out) {
  const long rows = x.size() / 3, columns = y.size() / 3;
#pragma omp parallel for schedule(static)
  for (long i = 0; i < rows; i++) {
    float sum = 0;
    for (long j = 0; j < columns; j++) {
      const float a = x[3 * i] - y[3 * j], b = x[3 * i + 1] - y[3 * j + 1], c = x[3 * i + 2] - y[3 * j + 2];
      sum += std::exp(-(a * a + b * b + c * c));
    }
    out[i] = sum;
  }
}

/// log of the sum over j of exp(b_j - |x_i - y_j|^2 / 2), D = 3, online.
static void logSumExp(const Floats& x, const Floats& y, const Floats& bias, Floats& out) {
  const long rows = x.size() / 3, columns = y.size() / 3;
#pragma omp parallel for schedule(static)
  for (long i = 0; i < rows; i++) {
    float most = -INFINITY, sum = 0;
    for (long j = 0; j < columns; j++) {
      const float a = x[3 * i] - y[3 * j], b = x[3 * i + 1] - y[3 * j + 1], c = x[3 * i + 2] - y[3 * j + 2];
      const float value = bias[j] - 0.5f * (a * a + b * b + c * c);
      if (value > most) {
        sum = sum * std::exp(most - value) + 1;
        most = value;
      } else {
        sum += std::exp(value - most);
      }
    }
    out[i] = most + std::log(sum);
  }
}

template <int D> static float squaredDistance(const float* x, const float* y) {
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (int k = 0; k < D; k++) sum += (x[k] - y[k]) * (x[k] - y[k]);
  return sum;
}

/// Indices of the K nearest y of each x, nearest first, D = 100. Eight rows at a time go through y, so that it is not read anew for each.
template <int K> static void nearest(const Floats& x, const Floats& y, std::vector<int32_t>& out) {
  constexpr int D = 100, tile = 8;
  const long rows = x.size() / D, columns = y.size() / D;
#pragma omp parallel for schedule(static)
  for (long first = 0; first < rows; first += tile) {
    const long count = std::min<long>(tile, rows - first);
    float best[tile][K];
    std::fill(&best[0][0], &best[0][0] + tile * K, INFINITY);
    for (long j = 0; j < columns; j++) {
      for (long row = 0; row < count; row++) {
        const float value = squaredDistance<D>(&x[D * (first + row)], &y[D * j]);
        if (value >= best[row][K - 1]) continue;
        int32_t* index = &out[K * (first + row)];
        int at = K - 1;
        for (; at > 0 && value < best[row][at - 1]; at--) best[row][at] = best[row][at - 1], index[at] = index[at - 1];
        best[row][at] = value;
        index[at] = static_cast<int32_t>(j);
      }
    }
  }
}

int main(int count, char** arguments) {
  if (count != 4) return std::fprintf(stderr, "usage: loops W1|W2|W3|W4 folder rounds\n"), 2;
  const std::string name = arguments[1], folder = std::string(arguments[2]) + "/" + name + ".";
  const Floats x = read(folder + "x"), y = read(folder + "y"), bias = name == "W2" ? read(folder + "b") : Floats();
  Floats values(x.size() / 3);
  std::vector<int32_t> indices(x.size() / 100 * (name == "W4" ? 10 : 1));
  for (int round = 0; round < std::atoi(arguments[3]); round++)
    std::printf("%.3f\n", milliseconds([&] {
      if (name == "W1") gaussian(x, y, values);
      else if (name == "W2") logSumExp(x, y, bias, values);
      else if (name == "W3") nearest<1>(x, y, indices);
      else nearest<10>(x, y, indices);
    }));
  if (name == "W1" || name == "W2") write(folder + "cpp", values);
  else write(folder + "cpp", indices);
}
