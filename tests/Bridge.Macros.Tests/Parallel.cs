// Every test has a host, a folder and programs of its own, and much of its time waits for them: two classes at once.
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.ClassLevel)]
