using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Domain.Tests.Sessions;

[TestClass]
public sealed class CollectionStateTests
{
    private readonly CollectionState _state = new(
        GridBuilder.FromTargets(Enumerable.Range(1, 4).Select(item => new Target { Item = item, Id = $"h{item}", Stage = new StageUm(item, 0, 0) })), MoveMinutes.Text);

    [TestMethod]
    public void Path_VisitsToldTwiceAndMarks_HasOnlyWhereTheStageWent()
    {
        _state.Visit(2);
        _state.Visit(2);      // suggested, then reported
        _state.MarkVisited(3);
        _state.StandAt(0);
        _state.Visit(1);
        _state.Visit(2);

        CollectionAssert.AreEqual(new[] { 2, 1, 2 }, _state.Path.ToArray());
    }

    [TestMethod]
    public void Visited_AnyChange_IsWhatIsVisitedSays()
    {
        _state.Visit(2);
        _state.MarkVisited(3);
        _state.PutBack(2);

        CollectionAssert.AreEqual(new[] { false, false, false, true }, _state.Visited.ToArray());
    }
}
