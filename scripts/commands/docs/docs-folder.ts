import { join } from 'node:path';
import type { Workspace } from '../../config/workspace.ts';

/** The folder that reference pages are built into. */
export const docsFolder = (workspace: Workspace): string => join(workspace.root, 'dist', 'docs');
