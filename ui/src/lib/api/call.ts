import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Args, Name, Result } from './commands';
import type { Topic } from './types';

/** The one way to ask the program. Rejects with a `Fault`. */
export function call<K extends Name>(name: K, args: Args<K>): Promise<Result<K>> {
  return invoke<Result<K>>('call', { name, args });
}

const listeners = new Set<(topics: readonly Topic[]) => void>();
let hearing = false;

/** Calls back with the topics that changed, until the returned function is called. */
export function changed(tell: (topics: readonly Topic[]) => void): () => void {
  listeners.add(tell);
  if (!hearing) {
    hearing = true;
    void listen<Topic[]>('changed', (event) => {
      for (const listener of listeners) listener(event.payload);
    });
  }
  return () => listeners.delete(tell);
}
