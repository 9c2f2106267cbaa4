namespace Bridge.Client.Tests.Support;

/// <summary>Waits for what another thread does; a test that waits in vain fails after a long while.</summary>
internal static class Soon
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static void IsTrue(Func<bool> condition, string what)
        => Assert.IsTrue(SpinWait.SpinUntil(condition, Limit), $"did not happen within {Limit.TotalSeconds} s: {what}");

    /// <summary>The answer, which must come.</summary>
    public static T Answered<T>(PendingRequest pending)
        => Assert.IsInstanceOfType<T>(pending.Wait(Limit));
}
