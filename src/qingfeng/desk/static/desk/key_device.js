// Key devices (WebAuthn with PRF): what a device gives for its salt stands in the place of an unlock phrase.
// Without a script, or without a device, the phrase is typed. Nothing is kept here.
(function () {
  'use strict'
  if (window.qingfengKeyDevice || !window.PublicKeyCredential) return
  window.qingfengKeyDevice = true

  function bytes (text) {
    var plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
    return Uint8Array.from(plain, function (sign) { return sign.charCodeAt(0) })
  }
  function text (buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer))
    return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
  }
  function hex (buffer) {
    return Array.from(new Uint8Array(buffer), function (one) { return one.toString(16).padStart(2, '0') }).join('')
  }
  function output (credential) {
    var found = credential.getClientExtensionResults().prf
    return found && found.results && found.results.first
  }
  // Asks for what one of these devices gives: [{id, salt}], both base64url.
  async function read (devices) {
    var salts = {}
    devices.forEach(function (one) { salts[one.id] = { first: bytes(one.salt) } })
    var got = await navigator.credentials.get({
      publicKey: {
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        allowCredentials: devices.map(function (one) { return { type: 'public-key', id: bytes(one.id) } }),
        userVerification: 'required',
        extensions: { prf: { evalByCredential: salts } }
      }
    })
    if (!output(got)) throw new Error('no secret of this kind')
    return { id: text(got.rawId), given: hex(output(got)) }
  }

  async function offer (button) {
    var answer = await fetch(button.dataset.devices, { headers: { Accept: 'application/json' } })
    var devices = answer.ok ? (await answer.json()).devices : []
    if (!devices.length) return
    var input = document.getElementById(button.dataset.keyDevice)
    var said = document.querySelector('[data-key-device-said="' + button.dataset.keyDevice + '"]')
    button.hidden = false
    button.addEventListener('click', async function () {
      try {
        var found = await read(devices)
        var one = devices.find(function (each) { return each.id === found.id })
        input.value = 'device:' + one.number + ':' + found.given
        said.textContent = said.dataset.read
      } catch (_problem) {
        said.textContent = said.dataset.failed
      }
    })
  }

  async function make (form, note) {
    var asked = JSON.parse(document.getElementById('key-device-options').textContent)
    var options = asked.publicKey
    options.challenge = bytes(options.challenge)
    options.user.id = bytes(options.user.id)
    ;(options.excludeCredentials || []).forEach(function (one) { one.id = bytes(one.id) })
    options.extensions = { prf: { eval: { first: bytes(asked.salt) } } }
    try {
      var made = await navigator.credentials.create({ publicKey: options })
      var given = output(made)
      var found = given ? { given: hex(given) } : await read([{ id: text(made.rawId), salt: asked.salt }])
      form.elements.output.value = found.given
      form.elements.made.value = JSON.stringify({
        id: text(made.rawId),
        rawId: text(made.rawId),
        type: made.type,
        clientExtensionResults: {},
        response: {
          clientDataJSON: text(made.response.clientDataJSON),
          attestationObject: text(made.response.attestationObject)
        }
      })
      form.submit()
    } catch (_problem) {
      note.querySelector('[role=status]').textContent = note.dataset.failed
    }
  }

  document.querySelectorAll('[data-key-device]').forEach(offer)
  var note = document.querySelector('[data-key-device-new]')
  var form = note && document.querySelector('form.form')
  if (form) {
    form.addEventListener('submit', function (event) {
      if (form.elements.output.value) return
      event.preventDefault()
      make(form, note)
    })
  }
})()
