import { call } from '$lib/api/call';
import type { ImportPreview } from '$lib/api/types';
import { notes } from './notes.svelte';
import { Task } from './task.svelte';

/** One import of another program's export, from the choice of a file to its end. */
export class Importing {
  readonly task = new Task();
  /** What it does or did; null while no file is chosen. */
  preview = $state.raw<ImportPreview | null>(null);
  private path = '';
  private columns: Record<string, string> | null = null;

  async choose(): Promise<void> {
    await this.task.run(async () => {
      const path = await call('pick_archive', { kind: 'file' });
      if (path === null) return;
      this.columns = null;
      this.path = path;
      this.preview = await call('import_preview', { path, columns: null });
    });
  }

  /** Asks again with what the person says of the columns. */
  async say(columns: Record<string, string>): Promise<void> {
    this.columns = columns;
    await this.task.run(async () => {
      this.preview = await call('import_preview', { path: this.path, columns });
    });
  }

  async record(): Promise<void> {
    await this.task.run(async () => {
      this.preview = await call('import', { path: this.path, columns: this.columns });
    });
  }

  async undo(id: number): Promise<void> {
    if (await this.task.run(async () => notes.say(await call('undo_import', { id })))) this.close();
  }

  close(): void {
    this.preview = null;
    this.task.fault = null;
  }
}
