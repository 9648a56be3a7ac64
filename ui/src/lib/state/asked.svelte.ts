import { call, changed } from '$lib/api/call';
import { isFault, type Args, type Fault, type Name, type Result } from '$lib/api/commands';
import type { Topic } from '$lib/api/types';
import { t } from '$lib/words/words.svelte';

/** The fault of a rejection; what is no fault of ours gets a sentence of its own. */
export function faultOf(error: unknown): Fault {
  if (isFault(error)) return error;
  return { code: 'other', text: t('screen.fault.unforeseen'), action: t('screen.fault.unforeseen.action'), fingerprint: null };
}

/** An answer of the program that is kept fresh: asked once, and again whenever a topic changed. */
export class Asked<K extends Name> {
  /** The last answer; stays while it is asked again. */
  value = $state.raw<Result<K> | undefined>(undefined);
  /** Why the last question failed; null when it did not. */
  fault = $state.raw<Fault | null>(null);
  #round = 0;
  #name: K;
  #args: () => Args<K>;

  constructor(name: K, args: () => Args<K>) {
    this.#name = name;
    this.#args = args;
  }

  /** Asks again. An answer that was overtaken by a later question is dropped. */
  async ask(): Promise<void> {
    const round = ++this.#round;
    try {
      const value = await call(this.#name, this.#args());
      if (round !== this.#round) return;
      this.value = value;
      this.fault = null;
    } catch (error) {
      if (round === this.#round) this.fault = faultOf(error);
    }
  }

  /** Forgets the answer: what comes next is about something else. */
  forget(): void {
    this.#round += 1;
    this.value = undefined;
    this.fault = null;
  }
}

/**
 * Asks while the component that calls this lives. Other arguments start over; one of the topics
 * asks again in place.
 */
export function asked<K extends Name>(name: K, args: () => Args<K>, topics: readonly Topic[]): Asked<K> {
  const answer = new Asked(name, args);
  $effect(() => {
    args();
    answer.forget();
    void answer.ask();
    return changed((news) => {
      if (news.some((topic) => topics.includes(topic))) void answer.ask();
    });
  });
  return answer;
}
