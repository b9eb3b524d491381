// Tells a person when a passkey could not be read; allauth's own script would only log it.
document.addEventListener('allauth.error', function (event) {
  var note = document.getElementById('passkey-problem')
  if (note) {
    event.preventDefault()
    note.hidden = false
    note.focus()
  }
})
