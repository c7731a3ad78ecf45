/** What is counted in the page while it works: programs that run there, as text, since tests know no DOM. */

/**
 * Starts counting: frames, the longest time between two, tasks over 50 ms (the Long Tasks API), and for each frame the turns in which
 * something of the answer was changed.
 */
export const startCounting = `(() => {
  const seen = window.seen = { frames: 0, longest: 0, long: [], turns: 0, most: 0, touched: 0, late: 0 };
  let last = performance.now(), turns = 0, frameOf = 0;
  const frame = (now) => {
    seen.frames++;
    seen.longest = Math.max(seen.longest, now - last);
    if (now - last > 34) seen.late++;
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => seen.long.push(...list.getEntries().map((e) => Math.round(e.duration)))).observe({ entryTypes: ['longtask'] });
  const finished = new WeakSet();
  const observer = new MutationObserver((records) => {
    seen.turns++;
    // The time of a document's timeline stands still within a frame.
    turns = document.timeline.currentTime === frameOf ? turns + 1 : 1;
    frameOf = document.timeline.currentTime;
    seen.most = Math.max(seen.most, turns);
    for (const { target } of records) {
      const block = (target.nodeType === 1 ? target : target.parentElement)?.closest('.body > *');
      if (block && finished.has(block)) seen.touched++;
    }
    const all = document.querySelectorAll('.answer > .body > *');
    for (let i = Math.max(0, all.length - 40); i < all.length - 3; i++) finished.add(all[i]);
  });
  observer.observe(document.querySelector('.exchanges'), { childList: true, subtree: true, characterData: true });
})()`;

/** Grows an answer to `text` by `perSecond` messages in a second, and waits for the last to be drawn. */
export function stream(id: string, text: string, perSecond: number, seconds: number): string {
  const count = perSecond * seconds;
  return `(async () => {
    const text = ${JSON.stringify(text)}, start = performance.now();
    for (let sent = 0; sent < ${count}; ) {
      const due = Math.min(${count}, Math.ceil((performance.now() - start) / 1000 * ${perSecond}));
      for (; sent < due; sent++)
        window.postMessage({ type: 'grown', id: ${JSON.stringify(id)}, state: 'writing', thought: '',
          text: text.slice(0, Math.ceil(text.length * (sent + 1) / ${count})) }, '*');
      await new Promise((done) => setTimeout(done, 2));
    }
    await new Promise((done) => setTimeout(done, 400));
    return window.seen;
  })()`;
}

/** Scrolls the conversation from its end to its beginning and back, a bit in each frame. */
export const scrollAll = `(async () => {
  const log = document.querySelector('.log');
  const step = (log.scrollHeight - log.clientHeight) / 120;
  for (const sign of [-1, 1])
    for (let i = 0; i < 120; i++) {
      log.scrollTop += sign * step;
      await new Promise((done) => requestAnimationFrame(done));
    }
  return window.seen;
})()`;

export interface Seen {
  readonly frames: number;
  /** Milliseconds between two frames at most, and how often it was more than two frames' time. */
  readonly longest: number;
  readonly late: number;
  /** Milliseconds of each task over 50. */
  readonly long: readonly number[];
  /** Turns with changes; the most between two frames; changes of finished blocks. */
  readonly turns: number;
  readonly most: number;
  readonly touched: number;
}
