import type { Commands, Refusal } from './types';

/** The name of a command, what it takes and what it gives back. */
export type Name = keyof Commands;
export type Args<K extends Name> = Commands[K]['args'];
export type Result<K extends Name> = Commands[K]['result'];

/** Why something could not be done: already in words, with what to do about it. */
export type Fault = Refusal;

/** Whether a rejection is one of the program's own faults. */
export function isFault(error: unknown): error is Fault {
  return (
    typeof error === 'object' &&
    error !== null &&
    'text' in error &&
    typeof error.text === 'string' &&
    'action' in error &&
    typeof error.action === 'string'
  );
}
