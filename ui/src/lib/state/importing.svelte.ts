import { call } from '$lib/api/call';
import type { ChosenExport, ImportPreview } from '$lib/api/types';
import { notes } from './notes.svelte';
import { Task } from './task.svelte';

/** One import of another program's export, from the choice of a file to its end. */
export class Importing {
  readonly task = new Task();
  /** What it does or did; null while no file was read. */
  preview = $state.raw<ImportPreview | null>(null);
  /** The export was deleted after it was imported. */
  deleted = $state(false);
  /** There is something to show: what was read, or why it was not. */
  readonly open = $derived(this.preview !== null || this.task.fault !== null);
  #file: ChosenExport | null = null;
  #columns: Record<string, string> | null = null;
  #onmail: (path: string) => void;

  /** `onmail` takes what turns out to be mail. */
  constructor(onmail: (path: string) => void) {
    this.#onmail = onmail;
  }

  async choose(): Promise<void> {
    const chosen = await this.task.run(async () => (this.#file = await call('pick_export', {})));
    if (chosen && this.#file) await this.look(this.#file);
  }

  /** Shows what an import of a file would do. */
  async look(file: ChosenExport): Promise<void> {
    // A drop into a running import would change what its words are about.
    if (this.task.running) return;
    this.close();
    this.#file = file;
    this.#columns = null;
    await this.#ask();
    if (this.task.fault?.code !== 'import_is_mail') return;
    this.close();
    this.#onmail(file.path);
  }

  /** Asks again with what the person says of the columns. */
  async say(columns: Record<string, string>): Promise<void> {
    this.#columns = columns;
    await this.#ask();
  }

  async record(): Promise<void> {
    await this.#with(async ({ id }) => (this.preview = await call('import', { id, columns: this.#columns })));
  }

  /** Deletes the export that was imported. */
  async delete(): Promise<void> {
    await this.#with(async ({ id }) => {
      await call('delete_export', { id });
      this.deleted = true;
    });
  }

  async undo(id: number): Promise<void> {
    if (await this.task.run(async () => notes.say(await call('undo_import', { id })))) this.close();
  }

  close(): void {
    this.preview = null;
    this.deleted = false;
    this.task.fault = null;
  }

  async #ask(): Promise<void> {
    await this.#with(async ({ id }) => (this.preview = await call('import_preview', { id, columns: this.#columns })));
  }

  async #with(work: (file: ChosenExport) => Promise<unknown>): Promise<void> {
    const file = this.#file;
    if (file) await this.task.run(() => work(file));
  }
}
