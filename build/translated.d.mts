type Texts = Readonly<Record<string, string>>;
export const LANGUAGES: readonly string[];
export function differences(english: Texts, translated: Texts, file: string): readonly string[];
export function ordered(english: Texts, translated: Texts): Texts;
