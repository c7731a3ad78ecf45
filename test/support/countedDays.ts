/** Somebody's statistics, the same each time. */
import { counted, merged, NOTHING, type Period, type Statistics } from '../../src/statistics/statistics';
import { boundOf } from '../../src/statistics/times';

/** A Thursday, 16:40 on this machine. */
export const NOW = new Date(2026, 10, 19, 16, 40).getTime();

const MINUTE_MS = 60_000;
const languages = ['typescript', 'python', 'go', 'rust', 'csharp'];

/** What is counted in ten minutes of work at a time. */
function work(time: number, index: number): Partial<Period> {
  const wave = (of: number): number => Math.abs(Math.sin(index * of));
  const day = new Date(time).getDate();
  const ofDay = (of: number): number => Math.abs(Math.sin(day * of));
  const language = languages[Math.floor(wave(0.7) ** 2 * ofDay(0.6) * languages.length)] ?? 'typescript';
  const accepted = Math.round((2 + 7 * wave(0.3)) * (0.4 + 0.6 * ofDay(1.3)));
  const ms = 45 + 25 * wave(0.11) + 20 * ofDay(0.9);
  return {
    languages: {
      [language]: {
        accepted,
        typedThrough: Math.round(4 * wave(0.5)),
        refused: Math.round(3 + 8 * wave(0.9)),
        characters: accepted * 23,
      },
    },
    completion: {
      'Minnow 73M': {
        answers: 60,
        read: Math.round(400 + 500 * wave(0.2)),
        reused: Math.round(9_000 * (0.3 + 0.7 * ofDay(1.3))),
        written: 700,
      },
    },
    times: { 'Minnow 73M': { [boundOf(ms)]: 40, [boundOf(ms * 1.6)]: 15, [boundOf(ms * 4)]: 5 } },
    memory: 2.1e8 + 4e7 * wave(0.05),
    ...(index % 5 === 0 && {
      chat: {
        'Qwen3.5 0.8B': { answers: 1, read: 900, reused: 2_000, written: 300, writingMs: 300 * (25 + 8 * wave(0.4)) },
      },
    }),
    ...(new Date(time).getHours() === 14 && day % 3 > 0 && { memory: 1.2e9 - 2e8 * ofDay(0.4) }),
  };
}

/** Working hours of working days, until now: so many days, the last two by the minute. */
export function countedDays(days: number, now = NOW): Statistics {
  const today = new Date(now);
  let all = NOTHING;
  for (let day = days - 1, index = 0; day >= 0; day--) {
    const morning = new Date(today.getFullYear(), today.getMonth(), today.getDate() - day, 9).getTime();
    if ([0, 6].includes(new Date(morning).getDay())) continue;
    let sum = NOTHING;
    for (let minute = 0; minute < 8 * 60; minute += 10) {
      const time = morning + minute * MINUTE_MS;
      if (time <= now && Math.floor(minute / 60) !== 3) sum = counted(sum, work(time, index++), time);
    }
    all = merged(all, day < 2 ? sum : { days: sum.days, minutes: {} });
  }
  return all;
}
