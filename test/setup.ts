import fc from 'fast-check';
import { seed } from './run/seed.ts';

fc.configureGlobal({ seed });
