import { call } from '$lib/api/call';
import type { CousinRow, DomainIs } from '$lib/api/types';
import { t } from '$lib/words/words.svelte';
import { notes } from './notes.svelte';
import { Task } from './task.svelte';

/** The person's answer to "also Example Shop?". */
export class Saying {
  readonly task = new Task();
  /** The domain about which an answer is being recorded. */
  domain = $state<string | null>(null);

  async say(cousin: CousinRow, is: DomainIs): Promise<void> {
    this.domain = cousin.domain;
    const said = { service: cousin.service_id, domain: cousin.domain, is };
    if (await this.task.run(() => call('say_domain', said))) notes.say(t('cousin.done'));
    this.domain = null;
  }
}
