import type { Fault } from '$lib/api/commands';
import { faultOf } from './asked.svelte';

/** One thing a person can set going: whether it runs, and how it ended. */
export class Task {
  running = $state(false);
  /** Why it could not be done; null when it was, or was not tried. */
  fault = $state.raw<Fault | null>(null);

  /** Runs the work unless it runs already. Says whether it was done. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.running) return false;
    this.running = true;
    this.fault = null;
    try {
      await work();
      return true;
    } catch (error) {
      this.fault = faultOf(error);
      return false;
    } finally {
      this.running = false;
    }
  }
}
