declare module '@fontsource-variable/noto-serif-sc/wght.css'
declare module '@fontsource/barlow/latin-500.css'
declare module '@fontsource/barlow/latin-600.css'
