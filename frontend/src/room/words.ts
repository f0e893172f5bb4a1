// Placeholder list.
export const WORDS: readonly string[] = Array.from({ length: 2048 }, (_, at) => `w${at}`);
