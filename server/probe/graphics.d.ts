/** One of the two files of the package that are used: its index would bring network modules along. */
declare module 'systeminformation/lib/graphics' {
  export interface Controller {
    readonly vendor: string;
    readonly model: string;
    /** MiB, from the operating system; null where it does not tell. */
    readonly vram: number | null;
    /** True where the memory is the machine's own, which the driver takes as it needs. */
    readonly vramDynamic: boolean;
    /** Name and MiB from the vendor's own tool, which are better than the system's where they are there. */
    readonly name?: string;
    readonly memoryTotal?: number;
  }

  /** Never rejects: what cannot be found out is left out. */
  export function graphics(): Promise<{ readonly controllers: readonly Controller[] }>;
}
