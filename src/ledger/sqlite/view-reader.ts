import type { Database } from '../../load-driver.js';
import { type Grain, grainOf } from '../../report/grain.js';
import type { View } from '../../report/view.js';
import type { Recording } from '../../usage/recording.js';
import { dayTexts } from './day-texts.js';

type ViewReader = (recording: number, day: number, days: number, ts: number, until: number | null) => View;

/** The view an event belongs to, in the words cells have for it; one object for all events of a view. */
export function viewReader(db: Database): ViewReader {
  const find = db.prepare<unknown[], Recording>('SELECT role, source, account FROM recording WHERE id = ?');
  const recordings = new Map<number, Recording>();
  const views = new Map<string, View>();
  const textOf = dayTexts();

  function recordingOf(id: number): Recording {
    const met = recordings.get(id) ?? find.get(id)!;
    recordings.set(id, met);
    return met;
  }

  function viewOf(recording: number, day: number, days: number, grain: Grain): View {
    return { recording: recordingOf(recording), day: textOf(BigInt(day), grain, BigInt(days)), grain, charge: 'usage' };
  }

  return (recording, day, days, ts, until) => {
    const grain = grainOf(ts, until);
    const key = `${recording} ${day} ${days} ${grain}`;
    const met = views.get(key) ?? viewOf(recording, day, days, grain);
    views.set(key, met);
    return met;
  };
}
