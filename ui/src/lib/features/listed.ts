/** The entries of a field that takes several: separated by commas, spaces or lines, each once. */
export function listed(text: string): string[] {
  return [...new Set(text.split(/[\s,、，;]+/u).filter((entry) => entry !== ''))];
}
