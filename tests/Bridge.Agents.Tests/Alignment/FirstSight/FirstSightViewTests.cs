using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.FirstSight;

namespace Bridge.Agents.Tests.Alignment.FirstSight;

[TestClass]
public sealed class FirstSightViewTests
{
    private static readonly AlignmentSettings Settings = new(new Xy(0, 0), MaxShift: 80) { MaxStep = 4, Tolerance = 1 };

    [TestMethod]
    [DataRow(37)]
    [DataRow(200)]
    public void Write_CameraTurned_LooksTheSame(double degrees)
    {
        Matrix2 turn = Matrix2.Rotation(degrees * Math.PI / 180);

        CollectionAssert.AreEqual(Rounded(Seen(Matrix2.Identity, Matrix2.Identity)), Rounded(Seen(turn, Matrix2.Identity)));
    }

    [TestMethod]
    public void Write_DeflectorTurned_LooksTheSameAndTheMoveTurnsWithIt()
    {
        Matrix2 turn = Matrix2.Rotation(1.1);
        var straight = new FirstSightView(Settings);
        var turned = new FirstSightView(Settings);
        float[] one = Seen(Matrix2.Identity, Matrix2.Identity, straight), two = Seen(Matrix2.Identity, turn, turned);

        CollectionAssert.AreEqual(Rounded(one), Rounded(two));
        Xy expected = turn * straight.ToMove([0.3f, -0.8f]), actual = turned.ToMove([0.3f, -0.8f]);
        Assert.AreEqual(0, (expected - actual).Length, 1e-6);
    }

    [TestMethod]
    public void Write_NothingSeenYet_IsFinite()
    {
        float[] state = new float[FirstSightView.Width];

        new FirstSightView(Settings).Write(state);

        Assert.IsTrue(state.All(float.IsFinite));
    }

    [TestMethod]
    public void ToMove_WhateverTheAction_IsNoLongerThanAllowed()
    {
        var view = new FirstSightView(Settings);
        view.Saw(default, default, new Xy(500, 0));
        view.Saw(new Xy(1, 0), new Xy(0.001, 0), new Xy(500, 0));

        Assert.IsTrue(view.ToMove([1, 1]).Length <= 4 + 1e-9);
        Assert.IsTrue(view.ToMove([-1, 1]).Length > 0);
    }

    private static float[] Seen(Matrix2 camera, Matrix2 deflector, FirstSightView? view = null)
    {
        view ??= new FirstSightView(Settings);
        view.Saw(default, default, camera * new Xy(100, 40));
        view.Saw(deflector * new Xy(1, 0.5), camera * new Xy(10, -30), camera * new Xy(90, 70));
        view.Saw(deflector * new Xy(-0.5, 1), camera * new Xy(20, 30), camera * new Xy(70, 40));
        float[] state = new float[FirstSightView.Width];
        view.Write(state);
        return state;
    }

    private static double[] Rounded(float[] state) => [.. state.Select(x => Math.Round(x, 4) + 0.0)];
}
