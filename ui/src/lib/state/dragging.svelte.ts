import { call, changed } from '$lib/api/call';
import type { ChosenExport } from '$lib/api/types';
import { faultOf } from './asked.svelte';
import { notes } from './notes.svelte';

/** Who takes what is dropped on the window. */
interface Takers {
  onfile: (file: ChosenExport) => void;
  onfolder: (path: string) => void;
}

/** Things that are dragged over the window. */
class Dragging {
  /** Something hangs over it. */
  over = $state(false);
  #round = 0;
  #takers: Takers;

  constructor(takers: Takers) {
    this.#takers = takers;
  }

  async ask(): Promise<void> {
    const round = ++this.#round;
    let over = false;
    try {
      const dragged = await call('dragged', {});
      over = dragged.what === 'over';
      // What was dropped is told once: it counts in an answer that was overtaken, too.
      if (dragged.what === 'file') this.#takers.onfile(dragged);
      else if (dragged.what === 'folder') this.#takers.onfolder(dragged.path);
    } catch (error) {
      const fault = faultOf(error);
      notes.say(`${fault.text} ${fault.action}`);
    }
    if (round === this.#round) this.over = over;
  }
}

/** Hears of what is dragged over the window while the component that calls this lives. */
export function dragging(takers: Takers): Dragging {
  const drag = new Dragging(takers);
  $effect(() =>
    changed((topics) => {
      if (topics.includes('dragged')) void drag.ask();
    }),
  );
  return drag;
}
