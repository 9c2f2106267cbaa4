namespace Bridge.Client.Tests.Support;

/// <summary>Counts this process's threads with the client's name, as Linux tells them.</summary>
internal static class ClientThreads
{
    public static int Count()
    {
        const string Tasks = "/proc/self/task";
        if (!Directory.Exists(Tasks))
            Assert.Inconclusive("threads are counted by name in /proc, which this system has not");
        int count = 0;
        foreach (string task in Directory.GetDirectories(Tasks))
        {
            try
            {
                count += File.ReadAllText(Path.Combine(task, "comm")).Trim() == "bridge-client" ? 1 : 0;
            }
            catch (IOException)
            {
                continue;  // the thread ended between the two looks
            }
        }
        return count;
    }
}
