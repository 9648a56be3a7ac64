import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';
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

/** What happens to files that are dragged over the window. */
export type Drop = { phase: 'over' } | { phase: 'left' } | { phase: 'dropped'; paths: string[] };

/** Calls back while files are dragged over the window, until the returned function is called. */
export function dropped(tell: (drop: Drop) => void): () => void {
  const stop = getCurrentWebview().onDragDropEvent(({ payload }) => {
    switch (payload.type) {
      case 'enter':
      case 'over':
        return tell({ phase: 'over' });
      case 'leave':
        return tell({ phase: 'left' });
      case 'drop':
        return tell({ phase: 'dropped', paths: payload.paths });
    }
  });
  return () => void stop.then((unlisten) => unlisten());
}
