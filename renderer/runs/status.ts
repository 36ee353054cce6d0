import type { RunStatus } from '../../shared/model/run.ts';
import type { Tone } from '../ui/Mark.tsx';

export const STATUS_TONES: Readonly<Record<RunStatus, Tone>> = {
  running: 'running',
  done: 'good',
  failed: 'bad',
  blocked: 'bad',
  interrupted: 'paused',
  cancelled: 'stopped',
};
