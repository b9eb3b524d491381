"""The two sounds of the hall, worked out: plucked strings (Karplus and Strong 1983) and water at a well."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

RATE = 44_100
Wave = NDArray[np.float64]
# Beat on which it is plucked, degree of the scale of five tones (0 is D below middle C), loudness.
TUNE: Sequence[tuple[float, int, float]] = (
    (0, 0, 0.9),
    (0.05, 5, 0.5),
    (2, 5, 0.7),
    (3, 6, 0.7),
    (4, 7, 0.9),
    (6, 6, 0.6),
    (7, 5, 0.7),
    (8, 4, 0.8),
    (10, 2, 0.7),
    (10.05, 7, 0.5),
    (12, 3, 0.7),
    (13, 4, 0.7),
    (14, 5, 0.9),
    (16, 7, 0.8),
    (17, 8, 0.8),
    (18, 9, 1.0),
    (20, 8, 0.7),
    (20.5, 9, 0.5),
    (21, 8, 0.6),
    (22, 7, 0.8),
    (24, 5, 0.7),
    (25, 6, 0.7),
    (26, 4, 0.8),
    (28, 2, 0.7),
    (29, 3, 0.6),
    (30, 4, 0.7),
    (31, 2, 0.6),
    (32, 0, 0.9),
    (32.06, 5, 0.6),
    (32.12, 10, 0.45),
)
SCALE = (0, 2, 4, 7, 9)
BEAT, LONG = 0.92, 36.0


def zither(seed: int) -> Wave:
    """Return thirty-six seconds of a zither, one channel, at most 0.9."""
    draw, out = np.random.default_rng(seed), np.zeros(int(LONG * RATE))
    for beat, degree, loud in TUNE:
        pitch = 146.83 * 2 ** ((SCALE[degree % 5] + 12 * (degree // 5)) / 12)
        at = int((beat * BEAT + 0.3 + draw.normal(0, 0.008)) * RATE)
        tone = _plucked(pitch, draw) * loud
        long = min(len(tone), len(out) - at)
        out[at : at + long] += tone[:long]
    return _levelled(_in_a_room(out, draw, 1.9, 0.3), fade=2.5)


def _plucked(pitch: float, draw: np.random.Generator) -> Wave:
    """Return six seconds of one string: a burst of noise that runs round and grows softer."""
    size, seconds = RATE / pitch, 6.0
    period = int(size)
    part = size - period
    line = draw.uniform(-1, 1, period)
    line = np.convolve(np.concatenate([line[-4:], line]), np.ones(5) / 5, "valid")[:period]
    rounds = int(seconds * RATE / period)
    kept, out = 0.9965 if pitch < 300 else 0.9945, np.empty(rounds * period)
    for no in range(rounds):
        out[no * period : (no + 1) * period] = line
        before = np.concatenate([line[-1:], line[:-1]])
        line = kept * ((0.5 + 0.5 * (1 - part)) * line + (0.5 - 0.5 * (1 - part)) * before)
        line = 0.86 * line + 0.07 * np.roll(line, 1) + 0.07 * np.roll(line, -1)
    rise = int(0.004 * RATE)
    out[:rise] *= np.linspace(0, 1, rise)
    return out * np.linspace(1, 0, len(out)) ** 0.5


def water(seed: int) -> Wave:
    """Return eighteen seconds of a thin stream, and drops that fall into a well."""
    draw, long = np.random.default_rng(seed), 18 * RATE
    stream = _band(draw.normal(0, 1, long), 500, 3800)
    swell = np.interp(np.arange(long), np.linspace(0, long, 60), draw.uniform(0.55, 1.0, 60))
    out = 0.13 * stream * swell
    for _ in range(520):  # bubbles: short tones that rise a little
        at, dur = int(draw.uniform(0, 17.6) * RATE), int(draw.uniform(0.012, 0.05) * RATE)
        t = np.arange(dur) / RATE
        tone = np.sin(2 * np.pi * (draw.uniform(420, 1500) * t + draw.uniform(1500, 6000) * t**2))
        out[at : at + dur] += (
            0.16 * draw.uniform(0.1, 1) ** 2 * tone * np.exp(-t * 90) * np.minimum(1, t * 900)
        )
    drops = np.zeros(long)
    for at in (2.1, 5.4, 8.9, 11.2, 15.0):
        t = np.arange(int(0.3 * RATE)) / RATE
        start = int(at * RATE)
        drops[start : start + len(t)] += 0.5 * np.sin(2 * np.pi * (640 * t + 900 * t**2)) * np.exp(-t * 26)
    return _levelled(out + _in_a_room(drops, draw, 1.4, 0.6), fade=1.2)


def _band(wave: Wave, low: float, high: float) -> Wave:
    tones, at = np.fft.rfft(wave), np.fft.rfftfreq(len(wave), 1 / RATE)
    tones *= np.exp(
        -(((np.log(np.maximum(at, 1)) - np.log((low * high) ** 0.5)) / (np.log(high / low) / 2)) ** 2)
    )
    made = np.fft.irfft(tones, len(wave))
    return made / np.std(made)


def _in_a_room(wave: Wave, draw: np.random.Generator, seconds: float, part: float) -> Wave:
    """Return a wave with the echo of a room that fades in so many seconds."""
    t = np.arange(int(seconds * RATE)) / RATE
    echo = _band(draw.normal(0, 1, len(t)), 180, 3200) * np.exp(-t * 6.9 / seconds)
    size = 1 << (len(wave) + len(echo)).bit_length()
    wet = np.fft.irfft(np.fft.rfft(wave, size) * np.fft.rfft(echo, size), size)[: len(wave)]
    return wave + part * wet * np.std(wave) / max(float(np.std(wet)), 1e-9)


def _levelled(wave: Wave, *, fade: float) -> Wave:
    out = wave / np.max(np.abs(wave)) * 0.85
    count = int(fade * RATE)
    out[-count:] *= np.linspace(1, 0, count) ** 1.5
    out[: RATE // 20] *= np.linspace(0, 1, RATE // 20)
    return out
