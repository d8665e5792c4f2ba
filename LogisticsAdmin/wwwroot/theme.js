// The theme "follow the system", before anything is drawn; the server can't know what the system prefers.
const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => { document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light'; };
dark.addEventListener('change', follow);
follow();
