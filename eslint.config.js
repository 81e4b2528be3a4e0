import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { layeringRule } from './scripts/lib/layering.mjs';

const root = import.meta.dirname;

export default defineConfig(
  globalIgnores(['**/dist', '**/src/gen', 'storybook-static', 'bench/peers', '**/test-results']),
  js.configs.recommended,
  tseslint.configs.strict,
  {
    languageOptions: {
      globals: { ...globals.node, ...globals.browser },
      parserOptions: {
        projectService: { allowDefaultProject: ['packages/*/scripts/*.mjs'] },
        tsconfigRootDir: root,
      },
    },
    plugins: { hyperflame: { rules: { layering: layeringRule(root) } } },
    rules: {
      'hyperflame/layering': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      // A promise nobody waits for is an error nobody sees.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // Typed-array code indexes where it has just checked the length.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Names from profiles are cleaned of control characters by expressions that must spell them.
      'no-control-regex': 'off',
    },
  },
  {
    files: ['packages/react/**', 'examples/**', 'stories/**', '.storybook/**'],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    // The engine runs in workers and in Node: no DOM.
    files: ['packages/calltree/src/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'window', 'document', 'navigator', 'localStorage'],
    },
  },
  {
    // Scripts are JavaScript with JSDoc types, where `any` has no other spelling for AST nodes.
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: { globals: globals.node },
    rules: { 'no-undef': 'off' },
  },
);
