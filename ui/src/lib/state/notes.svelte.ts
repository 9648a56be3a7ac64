/** A quiet word about something that was done. */
export interface Note {
  id: number;
  text: string;
  /** What can be done about it; the note leaves once it is pressed. */
  act: { label: string; run: () => void } | null;
}

/** How many notes stand at once. */
const MOST = 3;
/** How long a note stays, in milliseconds; longer where something can be done about it. */
const STAY = 6000;
const STAY_TO_ACT = 20_000;

class Notes {
  list = $state.raw<readonly Note[]>([]);
  #next = 1;

  /** Says something; it leaves by itself. */
  say(text: string, act: Note['act'] = null): void {
    const id = this.#next++;
    this.list = [...this.list, { id, text, act }].slice(-MOST);
    setTimeout(() => this.drop(id), act === null ? STAY : STAY_TO_ACT);
  }

  /** Takes a note away. */
  drop(id: number): void {
    this.list = this.list.filter((note) => note.id !== id);
  }
}

export const notes = new Notes();
