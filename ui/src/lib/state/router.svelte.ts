/** A door of the first screen, or the question that follows it. */
export type Step = 'doors' | 'archive' | 'mailbox' | 'claim';

/** A place of the window: a screen with what it is about; mail that was dropped has a path. */
export type Place =
  | { screen: 'welcome'; step: Step; path?: string }
  | { screen: 'overview' }
  | { screen: 'addresses' }
  | { screen: 'address'; id: number }
  | { screen: 'services' }
  | { screen: 'service'; id: number }
  | { screen: 'follow_up' }
  | { screen: 'mailboxes' }
  | { screen: 'settings' };

/** Where the window is. */
class Router {
  place = $state.raw<Place>({ screen: 'overview' });
}

export const router = new Router();
