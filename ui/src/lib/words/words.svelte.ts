import en from './en.json';
import ja from './ja.json';

/** The languages of the catalogue. */
export type Lang = 'en' | 'ja';

/** The name of a text. */
export type Key = keyof typeof en;

/** What stands in the placeholders of a text. */
export type Params = Readonly<Record<string, string | number>>;

/** Names of texts that exist for one and for many: `name.one` and `name.other`. */
type Counted<K> = K extends `${infer Base}.one` ? Base : never;
export type CountedKey = Counted<Key>;

const CATALOGUE: Record<Lang, Record<Key, string>> = { en, ja };

class Language {
  /** The language on screen. */
  current = $state<Lang>('en');
}

/** The language on screen; the program decides it, the page asks. */
export const language = new Language();

/** A text in the language on screen, its `{placeholders}` filled in. */
export function t(key: Key, params: Params = {}): string {
  return filled(CATALOGUE[language.current][key], params);
}

/** A text for a number: `{n}` in it is the number, written the language's way. */
export function tn(key: CountedKey, n: number, params: Params = {}): string {
  const form = n === 1 ? 'one' : 'other';
  return t(`${key}.${form}` as Key, { n: figure(n), ...params });
}

/** A whole number, grouped the language's way. */
export function figure(n: number): string {
  return new Intl.NumberFormat(language.current).format(n);
}

/** A text with its placeholders filled in; one that is not given stays as it is. */
export function filled(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : String(value);
  });
}
