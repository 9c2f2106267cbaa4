namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>
/// Turns the steps of one episode into transitions over n steps (Sutton and Barto, section 7.1). At the end of an episode the steps left
/// get shorter returns. Only a terminated episode expects nothing more; one that the clock cut goes on in thought.
/// </summary>
/// <param name="steps">n, 1 or more.</param>
internal sealed class NStepReturns(int steps, double gamma)
{
    private readonly Queue<(StateRows State, int Row, double Reward, double Discount)> _open = new(steps);

    /// <summary>Adds a step.</summary>
    /// <param name="discounts">How many times γ is taken for the step: 1, or its length.</param>
    /// <param name="next">The state after it; not looked at where <paramref name="terminated"/>.</param>
    /// <param name="over">The episode ends here, terminated or cut.</param>
    /// <param name="done">Told every transition that is complete.</param>
    public void Add(StateRows state, int row, double reward, double discounts, StateRows next, bool terminated, bool over, Action<Transition> done)
    {
        _open.Enqueue((state, row, reward, Math.Pow(gamma, discounts)));
        while (_open.Count >= steps || (over && _open.Count > 0))
            done(Take(next, terminated));
    }

    private Transition Take(StateRows next, bool terminated)
    {
        double sum = 0, discount = 1;
        foreach ((_, _, double reward, double ofStep) in _open)
        {
            sum += discount * reward;
            discount *= ofStep;
        }
        (StateRows state, int row, _, _) = _open.Dequeue();
        return new Transition(state, row, (float)sum, terminated ? state : next, terminated ? 0 : (float)discount);
    }
}
