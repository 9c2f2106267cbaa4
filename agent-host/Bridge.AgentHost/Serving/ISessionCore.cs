using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>
/// What a session of one kind does, without sockets and files: <see cref="Decide"/> finds the answer and changes nothing, <see cref="Apply"/>
/// changes and answers nothing. Between the two the exchange is journalled; resuming a session is applying its journal again.
/// </summary>
public interface ISessionCore
{
    /// <summary>The session's name.</summary>
    string Session { get; }

    /// <summary>One line for the log.</summary>
    string Summary { get; }

    /// <summary>The answer to a request at a minute of the session's clock.</summary>
    /// <param name="seq">The number that the exchange will have in the journal.</param>
    /// <exception cref="ContractException">The request cannot be carried out.</exception>
    Reply Decide(SessionRequest request, double atMin, long seq);

    /// <summary>Carries out what was decided.</summary>
    void Apply(SessionRequest request, Reply reply, double atMin);

    /// <summary>An answer that was given before, with what is not kept because it follows from the session's state.</summary>
    Reply Whole(Reply kept) => kept;

    /// <summary>Does what makes the first answer as quick as the others.</summary>
    void WarmUp();

    /// <summary>Writes what outlives the session, before its journal is put away.</summary>
    /// <returns>The file, or null if there is nothing to keep.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    string? KeepLearned() => null;

    /// <summary>True if a request begins anew, so that nothing of before is needed to answer it: a long journal may be put away then.</summary>
    bool BeginsAnew(Request request);
}
