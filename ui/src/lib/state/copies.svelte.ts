import { call } from '$lib/api/call';
import type { ExportFormat } from '$lib/api/types';
import { t } from '$lib/words/words.svelte';
import { notes } from './notes.svelte';
import { Task } from './task.svelte';

/** Exports, backups and what is restored, each from its first press to its end. */
export class Copies {
  readonly task = new Task();
  /** What a dialog asks about now. */
  asking = $state<'backup' | 'restore' | null>(null);
  /** The backup that was chosen. */
  path = $state('');
  /** What a restore came to, in words; empty until then. */
  restored = $state.raw<readonly string[]>([]);

  async export(format: ExportFormat): Promise<void> {
    await this.task.run(async () => {
      const path = await call('export', { format });
      if (path !== null) notes.say(t('screen.export.done', { path }));
    });
  }

  begin(): void {
    this.close();
    this.asking = 'backup';
  }

  async backUp(passphrase: string): Promise<void> {
    await this.task.run(async () => {
      const path = await call('back_up', { passphrase });
      if (path === null) return;
      notes.say(t('screen.backup.done', { path }));
      this.close();
    });
  }

  async choose(): Promise<void> {
    await this.task.run(async () => {
      const path = await call('pick_archive', { kind: 'file' });
      if (path === null) return;
      this.path = path;
      this.asking = 'restore';
    });
  }

  async restore(passphrase: string): Promise<void> {
    await this.task.run(async () => {
      this.restored = await call('restore', { path: this.path, passphrase });
    });
  }

  close(): void {
    this.asking = null;
    this.restored = [];
    this.task.fault = null;
  }
}
