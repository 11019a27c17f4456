// Torch's random generator and its thread count belong to the process.
[assembly: DoNotParallelize]
