/** `0.84 ms`, `12.3 ms`, `218 ms`, `4.0 s`: three digits say enough. */
export function formatMs(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms >= 100) return `${ms.toFixed(0)} ms`;
  return `${ms.toFixed(ms >= 10 ? 1 : 2)} ms`;
}

/** `830 B`, `4.6 KB`, `2.27 MB`; a KB is 1,000 bytes. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${Math.round(bytes)} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} KB`;
  return `${(bytes / 1_000_000).toFixed(2)} MB`;
}

/** How often `a` contains `b`, as people say it: `1/20.3`, `1.05x`, `53x`. */
export function formatRatio(a: number, b: number): string {
  const ratio = a / b;
  if (!Number.isFinite(ratio)) return 'no ratio';
  if (ratio === 0) return '0x';
  if (ratio < 0.8) {
    const parts = 1 / ratio;
    return `1/${parts >= 100 ? Math.round(parts) : parts.toFixed(1)}`;
  }
  return `${ratio >= 10 ? Math.round(ratio) : ratio.toFixed(2)}x`;
}
