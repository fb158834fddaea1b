/** Parsers as one writes them in JavaScript: the same fields, by split and Number. None looks at what it is given. */

export function statOf(text) {
  const open = text.indexOf('(')
  const close = text.lastIndexOf(')')
  const words = text.slice(close + 2).split(' ')
  return {
    pid: Number(text.slice(0, open)),
    comm: text.slice(open + 1, close),
    state: words[0],
    ppid: Number(words[1]),
    pgrp: Number(words[2]),
    session: Number(words[3]),
    tty_nr: Number(words[4]),
    tpgid: Number(words[5]),
    flags: Number(words[6]),
    minflt: Number(words[7]),
    cminflt: Number(words[8]),
    majflt: Number(words[9]),
    cmajflt: Number(words[10]),
    utime: Number(words[11]),
    stime: Number(words[12]),
    cutime: Number(words[13]),
    cstime: Number(words[14]),
    priority: Number(words[15]),
    nice: Number(words[16]),
    num_threads: Number(words[17]),
    itrealvalue: Number(words[18]),
    starttime: Number(words[19]),
    vsize: Number(words[20]),
    rss: Number(words[21]),
    rlim: Number(words[22]),
    startcode: Number(words[23]),
    endcode: Number(words[24]),
    startstack: Number(words[25]),
    kstkesp: Number(words[26]),
    kstkeip: Number(words[27]),
    signal: Number(words[28]),
    blocked: Number(words[29]),
    sigignore: Number(words[30]),
    sigcatch: Number(words[31]),
    wchan: Number(words[32]),
    nswap: Number(words[33]),
    cnswap: Number(words[34]),
    exit_signal: Number(words[35]),
    processor: Number(words[36]),
    rt_priority: Number(words[37]),
    policy: Number(words[38]),
    delayacct_blkio_ticks: Number(words[39]),
  }
}

export function statmOf(text) {
  const [size, resident, shared, code, lib, data, dt] = text.split(' ')
  const bytes = (pages) => Number(pages) * 4096
  return {
    size: bytes(size),
    resident: bytes(resident),
    shared: bytes(shared),
    text: bytes(code),
    lib: bytes(lib),
    data: bytes(data),
    dt: bytes(dt),
  }
}

export function meminfoOf(text) {
  const memory = { free: 0, cached: 0, swapTotal: 0, swapFree: 0 }
  const bytes = (line) => Number(line.slice(line.indexOf(':') + 1, -3)) * 1024
  for (const line of text.split('\n')) {
    if (line.startsWith('MemFree:')) memory.free = bytes(line)
    else if (line.startsWith('Cached:')) memory.cached = bytes(line)
    else if (line.startsWith('SwapTotal:')) memory.swapTotal = bytes(line)
    else if (line.startsWith('SwapFree:')) memory.swapFree = bytes(line)
  }
  return memory
}
