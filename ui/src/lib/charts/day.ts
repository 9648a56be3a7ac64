// Civil days as numbers, so that charts can count with them. No clock, no zone: the program has
// already decided which day a message belongs to.

const MILLISECONDS = 86_400_000;

/** Days since 1970-01-01 of a `YYYY-MM-DD`. */
export function dayNumber(day: string): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return Math.round(Date.UTC(year, month - 1, date) / MILLISECONDS);
}

/** The `YYYY-MM-DD` of a day number. */
export function dayName(number: number): string {
  return new Date(number * MILLISECONDS).toISOString().slice(0, 10);
}

/** 0 for Monday to 6 for Sunday. */
export function weekday(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

/** The first day of the month that a day lies in. */
export function monthStart(number: number): number {
  return dayNumber(`${dayName(number).slice(0, 7)}-01`);
}

/** The first day of the month after the one that a day lies in. */
export function nextMonth(number: number): number {
  return monthStart(monthStart(number) + 31);
}
