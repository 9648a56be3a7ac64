import { call } from '$lib/api/call';
import type { Edit } from '$lib/api/types';
import { t } from '$lib/words/words.svelte';
import { notes } from './notes.svelte';
import { Task } from './task.svelte';

/** Edits of services and addresses, each with its way back. */
export class Editing {
  readonly task = new Task();

  /** Makes an edit and says so; gives back the number of the service that it is about, or null. */
  async make(edit: Edit, said: string): Promise<number | null> {
    let about: number | null = null;
    const done = await this.task.run(async () => {
      about = await call('edit', { edit });
    });
    if (!done) return null;
    notes.say(said, { label: t('list.undo'), run: () => void this.undo() });
    return about;
  }

  async undo(): Promise<void> {
    if (await this.task.run(() => call('undo', {}))) notes.say(t('list.undone'));
  }
}
