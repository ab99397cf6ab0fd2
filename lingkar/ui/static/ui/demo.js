// The demo's address carries its own made-up sign-in behind the #, so that a first visit needs no typing.
const [login, passphrase] = decodeURIComponent(location.hash.slice(1)).split(":");
if (passphrase) {
  document.getElementById("login").value = login;
  document.getElementById("passphrase").value = passphrase;
  history.replaceState(null, "", location.pathname);
}
