/** What the backend answers with another status than 200. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const badBody = (message: string) => new Problem(400, "BadJsonBody", message);
