// Each test starts silos of its own, which use all cores.
[assembly: DoNotParallelize]
