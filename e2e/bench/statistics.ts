// The few statistics that the measures need.

/** @param share 0.5 for the median, 0.95 for the slowest twentieth; the nearest sample, none interpolated */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const median = (samples: readonly number[]) => quantile(samples, 0.5);
export const mean = (samples: readonly number[]) => samples.reduce((sum, n) => sum + n, 0) / samples.length;

/** Two-sided Mann-Whitney U test, normal approximation with correction for ties: good from about twenty samples a side. @returns p */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => ({ value, first: true })), ...b.map((value) => ({ value, first: false }))].sort((x, y) => x.value - y.value);
  const n = all.length;
  let rankSum = 0;
  let ties = 0;
  for (let i = 0; i < n; ) {
    let end = i;
    while (end < n && all[end]?.value === all[i]?.value) end++;
    const rank = (i + 1 + end) / 2;
    for (let k = i; k < end; k++) if (all[k]?.first) rankSum += rank;
    ties += (end - i) ** 3 - (end - i);
    i = end;
  }
  const u = rankSum - (a.length * (a.length + 1)) / 2;
  const deviation = Math.sqrt(((a.length * b.length) / 12) * (n + 1 - ties / (n * (n - 1))));
  if (deviation === 0) return 1;
  const z = Math.max(0, Math.abs(u - (a.length * b.length) / 2) - 0.5) / deviation;
  return 2 * (1 - normal(z));
}

/** Distribution function of the standard normal for z ≥ 0: Abramowitz and Stegun 26.2.17, error below 7.5e-8. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}
