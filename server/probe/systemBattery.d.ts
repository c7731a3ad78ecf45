/** The other one. */
declare module 'systeminformation/lib/battery' {
  /** Never rejects: what cannot be found out is as if there were no battery. */
  export default function battery(): Promise<{
    readonly hasBattery: boolean;
    readonly isCharging: boolean;
    readonly acConnected: boolean;
  }>;
}
