// The tests start programs that use all cores, and change the current folder.
[assembly: DoNotParallelize]
