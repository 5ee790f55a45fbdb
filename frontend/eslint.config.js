import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import a11y from 'eslint-plugin-vuejs-accessibility'
import globals from 'globals'
import ts from 'typescript-eslint'

/** `layer` may not import from the folders named: pages -> widgets -> features -> ui, api, stores. */
const mayNotImport = (layer, ...folders) => ({
  files: [`src/${layer}/**/*.{ts,vue}`],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: folders.map((folder) => `@/${folder}/**`),
            message: 'See frontend/README.md, layers.',
          },
        ],
      },
    ],
  },
})

const features = ['accounts', 'songs', 'ratings', 'listening', 'recommendations', 'charts']

export default ts.config(
  { ignores: ['dist', 'coverage', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  ...a11y.configs['flat/recommended'],
  {
    files: ['**/*.{ts,vue}'],
    languageOptions: { parserOptions: { parser: ts.parser }, globals: globals.browser },
    rules: {
      'no-undef': 'off',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/define-macros-order': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
      'vuejs-accessibility/heading-has-content': ['error', { accessibleChildren: ['MatchedText'] }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['scripts/**', '*.config.js', 'public/**'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  mayNotImport('pages', 'api'),
  mayNotImport('widgets', 'pages'),
  mayNotImport('ui', 'pages', 'widgets', 'features', 'stores', 'api'),
  mayNotImport('api', 'pages', 'widgets', 'features', 'ui', 'stores'),
  mayNotImport('stores', 'pages', 'widgets', 'features', 'ui'),
  ...features.map((name) =>
    mayNotImport(
      `features/${name}`,
      'pages',
      'widgets',
      ...features.filter((other) => other !== name).map((other) => `features/${other}`),
    ),
  ),
  prettier,
)
