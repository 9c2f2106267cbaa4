using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Instrument;

namespace Bridge.Agents.Tests.Alignment.Instrument;

[TestClass]
public sealed class InstrumentViewTests
{
    private static readonly InstrumentView View = InstrumentView.For(new AlignmentSettings(default, MaxShift: 80) { MaxStep = 4, Tolerance = 1 });

    [TestMethod]
    public void ToMove_TheSameActionNearer_IsShorterInProportion()
    {
        Assert.AreEqual(4 * 0.5, View.ToMove(new Xy(400, 0), [0.5f, 0]).X, 1e-6, "far away: the longest step");
        Assert.AreEqual(View.ToMove(new Xy(40, 0), [0.5f, 0]).X / 10, View.ToMove(new Xy(4, 0), [0.5f, 0]).X, 1e-9);
    }

    [TestMethod]
    public void TryWriteAction_AMoveThatNoActionMeans_IsRefused()
    {
        float[] action = new float[2];

        Assert.IsTrue(View.TryWriteAction(new Xy(20, 0), new Xy(1, -1.9), action));
        Assert.AreEqual(-0.95f, action[1], 1e-5f);
        Assert.IsFalse(View.TryWriteAction(new Xy(2, 0), new Xy(1, 0), action));
    }

    [TestMethod]
    public void Relabel_AnyMove_IsWhatTheSameResponseDoesElsewhere()
    {
        var response = new Matrix2(20, -35, 30, 15);
        var random = new Random(1);
        float[] state = new float[4], action = new float[2], next = new float[4];
        int rewritten = 0, reached = 0;
        for (int i = 0; i < 1000; i++)
        {
            var way = new Xy(600 * random.NextDouble() - 300, 600 * random.NextDouble() - 300);
            (action[0], action[1]) = (2 * random.NextSingle() - 1, 2 * random.NextSingle() - 1);
            View.Write(way, state);
            View.Write(way - response * View.ToMove(way, action), next);

            if (View.Relabel(state, action, next, random) is not (double reward, bool terminated))
                continue;

            Xy before = Way(state), after = Way(next);
            Assert.AreEqual(0, (before - response * View.ToMove(before, action) - after).Length, 0.05, "the same response");
            Assert.IsTrue(Math.Max(Math.Abs(action[0]), Math.Abs(action[1])) <= 1);
            Assert.AreEqual(Math.Clamp(Math.Log(Math.Max(before.Length, 0.5) / Math.Max(after.Length, 0.5)), -2, 2), reward, 0.02);
            Assert.AreEqual(after.Length <= 1, terminated);
            rewritten++;
            reached += terminated ? 1 : 0;
        }

        Assert.IsTrue(rewritten > 800 && reached > 50, $"{rewritten} {reached}");
    }

    [TestMethod]
    public void Relabel_LostBeam_IsLeftAlone()
    {
        float[] state = new float[4];
        View.Write(new Xy(100, 0), state);

        Assert.IsNull(View.Relabel(state, [0.1f, 0.2f], new float[4], new Random(1)));
        Assert.AreEqual((-2, true), View.Reward(new Xy(100, 0), null));
    }

    private static Xy Way(float[] state) => View.ReachPx * Math.Exp(2 * state[2]) * new Xy(state[0], state[1]);
}
