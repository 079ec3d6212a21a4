// One question to the database for all who ask within a second. Apart, because health and figures need no sign-in: without this, whoever
// asks for them over and over would take every connection of the pool.

/** How long a question may take, and how long its answer counts. */
const PATIENCE_MILLIS = 2000;
const FRESH_MILLIS = 1000;

/** The last answer where it is less than a second old, or the one that is awaited; `late` where none comes within two seconds. */
export function sharedQuestion<T>(ask: () => Promise<T>, late: T, millis = () => performance.now()): () => Promise<T> {
  let last: { readonly answer: Promise<T>; answeredAt: number | null } | null = null;
  return () => {
    if (last !== null && (last.answeredAt === null || millis() - last.answeredAt < FRESH_MILLIS)) return last.answer;
    const answer = patiently(ask(), late);
    const asked: typeof last = { answer, answeredAt: null };
    last = asked;
    const note = () => {
      asked.answeredAt = millis();
    };
    answer.then(note, note);
    return answer;
  };
}

async function patiently<T>(answer: Promise<T>, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), PATIENCE_MILLIS);
  });
  try {
    return await Promise.race([answer, patience]);
  } finally {
    clearTimeout(timer);
  }
}
