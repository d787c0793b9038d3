// What goes wrong next, as a test has ordered it.

export type Fault = {
  /** Only for this function, `module:name`, or `import`; for any where it is left out. */
  path?: string;
  /** How many calls it takes; one where it is left out. */
  times?: number;
  /** Answers with this status and code, without running the function. */
  status?: number;
  code?: string;
  /** Cuts the connection before the function runs, or after it has committed. */
  cut?: "before" | "after";
  /** Waits before the function runs, until the test releases what is held. */
  hold?: boolean;
  /** Waits so many milliseconds before the function runs. */
  delay?: number;
};

export class Faults {
  private queued: Fault[] = [];
  private held: (() => void)[] = [];

  order(fault: Fault): void {
    for (let time = 0; time < (fault.times ?? 1); time++) {
      this.queued.push(fault);
    }
  }

  /** The fault that this call meets, if any. */
  next(path: string): Fault | undefined {
    const index = this.queued.findIndex((fault) => fault.path === undefined || fault.path === path);
    return index < 0 ? undefined : this.queued.splice(index, 1)[0];
  }

  hold(): Promise<void> {
    return new Promise((resolve) => this.held.push(resolve));
  }

  get holding(): number {
    return this.held.length;
  }

  release(): void {
    this.held.splice(0).forEach((resume) => resume());
  }

  clear(): void {
    this.queued = [];
    this.release();
  }
}

/** The backend's limit on what is written in a second, here on the bytes of mutations' bodies. */
export class WriteLimit {
  private recent: { at: number; bytes: number }[] = [];
  private bytesPerSecond: number | null = null;

  set(bytesPerSecond: number | null): void {
    this.bytesPerSecond = bytesPerSecond;
    this.recent = [];
  }

  /** Whether so many bytes more fit; counts them if they do. */
  admits(bytes: number, now = performance.now()): boolean {
    this.recent = this.recent.filter((write) => now - write.at < 1000);
    const written = this.recent.reduce((sum, write) => sum + write.bytes, 0);
    if (this.bytesPerSecond !== null && written > 0 && written + bytes > this.bytesPerSecond) {
      return false;
    }
    this.recent.push({ at: now, bytes });
    return true;
  }
}

/** The backend's limit on a document, for which it fails the whole batch; here on the JSON that comes. */
export class DocumentLimit {
  private bytes: number | null = null;

  set(bytes: number | null): void {
    this.bytes = bytes;
  }

  admits(args: unknown): boolean {
    const most = this.bytes;
    const { operations } = ([args].flat()[0] ?? {}) as { operations?: { document?: unknown }[] };
    return (
      most === null ||
      (operations ?? []).every(({ document }) => JSON.stringify(document ?? null).length <= most)
    );
  }
}
