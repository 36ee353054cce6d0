/**
 * The content policy forbids building functions from text, which zod would try for speed as soon as a schema is made:
 * this has to be imported before any schema.
 */
import { config } from 'zod';

config({ jitless: true });
