/** A quiet word about something that was done. */
export interface Note {
  id: number;
  text: string;
}

/** How many notes stand at once. */
const MOST = 3;
/** How long a note stays, in milliseconds. */
const STAY = 6000;

class Notes {
  list = $state.raw<readonly Note[]>([]);
  #next = 1;

  /** Says something; it leaves by itself. */
  say(text: string): void {
    const id = this.#next++;
    this.list = [...this.list, { id, text }].slice(-MOST);
    setTimeout(() => this.drop(id), STAY);
  }

  /** Takes a note away. */
  drop(id: number): void {
    this.list = this.list.filter((note) => note.id !== id);
  }
}

export const notes = new Notes();
